#!/usr/bin/env bash
# Post the report on the spec as a comment of the pull request, or bring the existing one up
# to date. `comment.md` is the report; it is empty if the spec does not change.
set -euo pipefail

marker='<!-- report on the spec -->'
comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
own=".[] | select(.user.type == \"Bot\" and (.body | startswith(\"$marker\"))) | .id"
id=$(gh api --paginate "$comments" --jq "$own" | head -n 1)

if [ ! -s comment.md ]; then
  if [ -z "$id" ]; then exit 0; fi
  echo 'The spec is as it was.' > comment.md
fi
{
  echo "$marker"
  cat comment.md
  echo
  echo "The whole report is an artifact of [this run]($GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID)."
} > body.md

if [ -n "$id" ]; then
  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field body=@body.md > posted.json
else
  gh api --method POST "$comments" --field body=@body.md > posted.json
fi
