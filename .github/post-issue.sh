#!/usr/bin/env bash
# Keep one open issue while the spec is behind Oracle's document: `report.md` says in what, and
# STATUS is 1. When it is no longer behind, STATUS is 0 and the issue is closed.
set -euo pipefail

marker='<!-- report on the document of Oracle -->'
issues="repos/$GITHUB_REPOSITORY/issues"
# Issues that this workflow opened; pull requests are listed with them.
own=".[] | select(.pull_request == null and .user.type == \"Bot\" and (.body // \"\" | startswith(\"$marker\"))) | .number"
number=$(gh api --paginate "$issues?state=open" --jq "$own" | head -n 1)

if [ "$STATUS" -eq 0 ]; then
  if [ -n "$number" ]; then
    gh api --method PATCH "$issues/$number" --field state=closed > posted.json
  fi
  exit 0
fi
{
  echo "$marker"
  # What GitHub takes in an issue, with something left for the line below.
  head -c 60000 report.md
  echo
  echo "From [this run]($GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID), which has the whole report."
} > body.md

if [ -n "$number" ]; then
  gh api --method PATCH "$issues/$number" --field body=@body.md > posted.json
else
  gh api --method POST "$issues" --field title="Oracle's API is ahead of the spec" --field body=@body.md > posted.json
fi
