// The career formula's sheet: its empty cells become fields. What is typed stays in the page, or, if the reader says so, in
// this browser; nothing is sent.
(() => {
  "use strict";
  const KEY = "wardround.worksheet";
  const tables = [...document.querySelectorAll("table.worksheet")];
  const words = (node) => (node.querySelector("p") || node).textContent.trim();
  const fields = new Map(); // label -> textarea
  let forgotten = null, leftover = {}; // answers to undo with; kept answers whose question has gone

  function element(tag, attributes, ...children) {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  }

  function field(label) {
    const area = element("textarea", { rows: 1, autocomplete: "off" });
    area.setAttribute("aria-label", label);
    fields.set(label, area);
    return element("div", { className: "worksheet-field" }, area);
  }

  // The frame repeats the text: it gives the field its height, and on paper it takes the field's place.
  const grow = (area) => { area.parentElement.dataset.text = area.value; };

  for (const table of tables) {
    const heads = [...table.tHead.rows[0].cells].map(words);
    for (const row of table.tBodies[0].rows) {
      const [first, ...rest] = row.cells, name = words(first);
      const several = rest.length > 1; // then a narrow screen, which stacks the cells, repeats their heads
      rest.forEach((cell, place) => {
        cell.replaceChildren(field(several ? `${heads[0]} ${name}: ${heads[place + 1]}` : name));
      });
      if (several) heads.forEach((head, place) => { row.cells[place].dataset.head = head; });
    }
    table.classList.add("worksheet-open");
  }
  for (const quote of document.querySelectorAll("blockquote.worksheet")) quote.after(field("Your one sentence"));

  const keep = element("input", { type: "checkbox" }), status = element("p", {});
  status.setAttribute("role", "status");
  const button = (text, act) => {
    const made = element("button", { type: "button" }, text);
    made.addEventListener("click", act);
    return made;
  };
  const undo = button("Undo", () => {
    for (const [label, text] of Object.entries(forgotten.texts)) if (!fields.get(label).value) write(label, text);
    keep.checked = forgotten.kept;
    leftover = forgotten.leftover;
    undo.hidden = true;
    forget.focus(); // the button that was pressed is gone
    store("Your answers are back.");
  });
  const forget = button("Forget my answers", () => {
    if (typed()) forgotten = { texts: texts(), kept: keep.checked, leftover };
    for (const label of fields.keys()) write(label, "");
    [keep.checked, leftover] = [false, {}];
    undo.hidden = !forgotten;
    store("The sheet is empty, and this browser keeps nothing of it.");
  });
  undo.hidden = true;
  tables[0].closest(".table-wrapper").before(element("div", { className: "worksheet-tools" },
    element("p", {}, "You can write into the sheet here. This page sends what you type nowhere."),
    element("p", {}, element("label", {}, keep, " Keep my answers in this browser (not on a computer that you share)")),
    element("div", { className: "choices-buttons" }, button("Print the sheet", printSheet), forget, undo), status));

  const texts = () => Object.fromEntries([...fields].map(([label, area]) => [label, area.value]).filter(([, text]) => text));
  const typed = () => Object.keys(texts()).length > 0;

  function write(label, text) {
    fields.get(label).value = text;
    grow(fields.get(label));
  }

  function store(said = "") {
    try {
      if (keep.checked) localStorage.setItem(KEY, JSON.stringify({ ...leftover, ...texts() }));
      else localStorage.removeItem(KEY);
    } catch {
      if (keep.checked) said = "This browser keeps nothing. Print the sheet before you leave.";
      keep.checked = false;
    }
    status.textContent = said;
  }

  function recall() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(KEY)); } catch { /* none, or not ours: the sheet stays empty */ }
    if (!kept || typeof kept !== "object") return;
    for (const [label, text] of Object.entries(kept)) {
      if (fields.has(label)) write(label, String(text));
      else leftover[label] = text;
    }
    keep.checked = true;
  }

  function printSheet() {
    const page = document.documentElement.classList;
    addEventListener("afterprint", () => page.remove("sheet-only"), { once: true });
    page.add("sheet-only");
    print();
  }

  for (const area of fields.values()) {
    area.addEventListener("input", () => {
      grow(area);
      if (keep.checked) store();
    });
  }
  keep.addEventListener("change", () =>
    store(keep.checked ? "Kept in this browser until you press “Forget my answers”." : "No longer kept: the answers go when you close this page."));
  addEventListener("beforeunload", (event) => { if (typed() && !keep.checked) event.preventDefault(); });
  recall();
  performance.mark("worksheet-ready");
})();
