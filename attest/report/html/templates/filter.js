"use strict";
// Hides rows of the table of claims; without this script the whole table stands.
const form = document.getElementById("filters");
const rows = [...document.querySelectorAll("table.claims tbody tr")];
const texts = rows.map((row) => row.textContent.replaceAll("\u200b", "").toLowerCase());
const keys = ["paper", "verdict", "kind"];

function show() {
  const words = form.q.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  rows.forEach((row, at) => {
    const fits = keys.every((key) => !form[key].value || row.dataset[key] === form[key].value);
    row.hidden = !(fits && words.every((word) => texts[at].includes(word)));
    count += !row.hidden;
  });
  document.getElementById("shown").textContent = `${count} of ${rows.length} claims`;
}

form.hidden = false;
form.addEventListener("input", show);
form.addEventListener("reset", () => setTimeout(show));
form.addEventListener("submit", (event) => event.preventDefault());
show();
