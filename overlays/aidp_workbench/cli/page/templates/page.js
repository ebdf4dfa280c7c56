"use strict";
// Only what the reader does: folding, filtering, sorting. The page is complete without it.

const STEP = 100; // rows of a table at a time, so that thousands stay quick

function setUp(table) {
  const body = table.tBodies[0];
  const head = [...table.tHead.rows[0].cells];
  const filters = table.parentElement.querySelector(".filters");
  const search = filters.querySelector("input");
  const selects = [...filters.querySelectorAll("select")];
  const count = filters.querySelector("output");
  const more = table.parentElement.querySelector(".more");
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const rows = [...body.rows].map((row) => ({
    row,
    text: row.textContent.toLocaleLowerCase(),
    keys: [...row.cells].map((cell) => cell.dataset.order === undefined ? cell.textContent.trim() : Number(cell.dataset.order)),
  }));
  let most = STEP;

  function show() {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const chosen = rows.filter(({ row, text }) =>
      words.every((word) => text.includes(word)) &&
      selects.every((select) => !select.value || row.dataset[select.dataset.name] === select.value));
    body.replaceChildren(...chosen.slice(0, most).map(({ row }) => row));
    const left = chosen.length - most;
    count.textContent = chosen.length === rows.length ? "" : `${chosen.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
    more.hidden = left <= 0;
    more.querySelector("span").textContent = left > 0 ? `${left.toLocaleString("en")} more ` : "";
  }

  function sort(column) {
    const direction = head[column].ariaSort === "ascending" ? -1 : 1;
    head.forEach((cell) => cell.removeAttribute("aria-sort"));
    head[column].ariaSort = direction === 1 ? "ascending" : "descending";
    rows.sort((a, b) => {
      const [one, other] = [a.keys[column], b.keys[column]];
      return direction * (typeof one === "number" ? one - other : collator.compare(one, other));
    });
    show();
  }

  function again() {
    most = STEP;
    show();
  }

  head.forEach((cell, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...cell.childNodes);
    button.addEventListener("click", () => sort(column));
    cell.append(button);
  });
  const next = document.createElement("button");
  next.type = "button";
  next.textContent = `Show ${STEP} more`;
  next.addEventListener("click", () => { most += STEP; show(); });
  more.append(document.createElement("span"), next);
  search.addEventListener("input", again);
  selects.forEach((select) => select.addEventListener("change", again));
  document.querySelectorAll("a[data-cause]").forEach((link) => link.addEventListener("click", () => {
    search.value = "";
    selects.forEach((select) => { select.value = select.dataset.name === "cause" ? link.dataset.cause : ""; });
    again();
  }));
  addEventListener("beforeprint", () => { most = Infinity; show(); });
  addEventListener("afterprint", again);
  filters.hidden = false;
  show();
}

function setUpFolding(button) {
  const traces = [...document.querySelectorAll("details")];
  button.hidden = !traces.length;
  button.addEventListener("click", () => {
    const open = traces.some((one) => !one.open);
    traces.forEach((one) => { one.open = open; });
    button.textContent = open ? "Close all traces" : "Open all traces";
  });
}

// While the page is read, the style sheet hides all but the first rows of a table.
document.documentElement.classList.add("loading");
addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("table.list").forEach(setUp);
  document.querySelectorAll("button.fold").forEach(setUpFolding);
  document.documentElement.classList.remove("loading");
});
