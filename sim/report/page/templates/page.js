"use strict";
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const byId = (name) => document.getElementById(name);

  // Light, dark, or as the system has it; remembered where the browser lets a file remember.
  const themes = { system: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" };
  let theme = "system";
  try { theme = localStorage.getItem("negotiation-sim-theme") || "system"; } catch { /* files may not remember */ }
  const showTheme = () => {
    if (!(theme in themes)) theme = "system";
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    byId("theme").textContent = themes[theme];
  };
  byId("theme").addEventListener("click", () => {
    const names = Object.keys(themes);
    theme = names[(names.indexOf(theme) + 1) % names.length];
    try { localStorage.setItem("negotiation-sim-theme", theme); } catch { /* files may not remember */ }
    showTheme();
  });
  showTheme();
  byId("print").addEventListener("click", () => window.print());
  byId("tools").hidden = false;

  // Figures as tabs: arrow keys move between them, as in every list of tabs.
  const panels = all("#figure-panels > .panel");
  const tabs = byId("figure-tabs");
  if (tabs && panels.length > 1) {
    const holder = byId("figure-panels");
    const buttons = panels.map((panel, n) => {
      const button = document.createElement("button");
      button.type = "button";
      button.id = panel.id + "-tab";
      button.textContent = panel.dataset.tab;
      button.setAttribute("role", "tab");
      button.setAttribute("aria-controls", panel.id);
      button.addEventListener("click", () => choose(n));
      tabs.append(button);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", button.id);
      return button;
    });
    const choose = (chosen) => {
      buttons.forEach((button, n) => {
        button.setAttribute("aria-selected", String(n === chosen));
        button.tabIndex = n === chosen ? 0 : -1;
        panels[n].classList.toggle("current", n === chosen);
      });
      markScrolling();
    };
    tabs.addEventListener("keydown", (event) => {
      const now = buttons.indexOf(document.activeElement);
      const last = buttons.length - 1;
      const next = { ArrowRight: now === last ? 0 : now + 1, ArrowLeft: now === 0 ? last : now - 1, Home: 0, End: last }[event.key];
      if (now < 0 || next === undefined) return;
      event.preventDefault();
      buttons[next].focus();
      choose(next);
    });
    holder.classList.add("chosen");
    tabs.hidden = false;
    choose(0);
  }

  // Tables: the head of a column sorts by it, again the other way, a third time as it was.
  const key = (cell) => (cell.dataset.sort !== undefined ? cell.dataset.sort : cell.textContent.trim());
  const compare = (one, other) => {
    const [a, b] = [parseFloat(one), parseFloat(other)];
    return Number.isNaN(a) || Number.isNaN(b) ? one.localeCompare(other, undefined, { numeric: true }) : a - b;
  };
  for (const table of all("table.sortable")) {
    const body = table.tBodies[0];
    const written = Array.from(body.rows);
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      const first = head.classList.contains("number") ? "descending" : "ascending";
      const second = first === "ascending" ? "descending" : "ascending";
      button.addEventListener("click", () => {
        const now = head.getAttribute("aria-sort");
        const next = now === first ? second : now === second ? null : first;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        if (next) head.setAttribute("aria-sort", next);
        const sign = next === "descending" ? -1 : 1;
        const rows = written.slice();
        if (next) {
          rows.sort((one, other) => {
            const [a, b] = [key(one.cells[column]), key(other.cells[column])];
            if (a === "" || b === "") return (a === "") - (b === "");  // what is missing stands last either way
            return sign * compare(a, b);
          });
        }
        body.append(...rows);
      });
    });
  }

  // Rows found by words, narrowed to one kind.
  for (const filter of all(".controls[data-table]")) {
    const rows = Array.from(byId(filter.dataset.table).tBodies[0].rows);
    const [find, choice, count] = ["input", "select", "output"].map((name) => filter.querySelector(name));
    const narrow = () => {
      const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = Boolean(choice.value && row.dataset.kind !== choice.value) || !words.every((word) => text.includes(word));
        if (!row.hidden) shown += 1;
      }
      count.textContent = `${shown} of ${rows.length}`;
    };
    filter.addEventListener("input", narrow);
    filter.hidden = false;
  }

  for (const button of all("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = byId(button.dataset.copy);
      const range = document.createRange();
      range.selectNodeContents(source);
      const selection = window.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      try {
        await navigator.clipboard.writeText(source.textContent);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Selected: press Ctrl+C";
      }
    });
  }

  // Long tables are kept compressed: they are unpacked when asked for, so that what is saved is CSV.
  if ("DecompressionStream" in window) {
    for (const link of all("a.packed")) {
      link.addEventListener("click", async (event) => {
        event.preventDefault();
        const bytes = Uint8Array.from(atob(link.href.split(",")[1]), (letter) => letter.charCodeAt(0));
        const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
        const table = new Blob([await new Response(stream).arrayBuffer()], { type: "text/csv" });
        const saved = document.createElement("a");
        saved.href = URL.createObjectURL(table);
        saved.download = link.download.replace(/\.gz$/, "");
        saved.click();
        setTimeout(() => URL.revokeObjectURL(saved.href), 60000);
      });
    }
  }

  // What is wider than the screen can be reached with the keyboard.
  function markScrolling() {
    for (const region of all(".scroll")) {
      if (region.scrollWidth > region.clientWidth + 1) region.tabIndex = 0;
      else region.removeAttribute("tabindex");
    }
  }
  markScrolling();
  window.addEventListener("resize", markScrolling);

  // A link to what is folded away opens it.
  const unfold = () => {
    const target = location.hash ? byId(decodeURIComponent(location.hash.slice(1))) : null;
    if (!target) return;
    for (const item of [target, ...all("details.folded", target)]) {
      const box = item.closest("details");
      if (box && !box.open) { box.open = true; target.scrollIntoView(); markScrolling(); }
    }
  };
  window.addEventListener("hashchange", unfold);
  for (const link of all('a[href^="#"]')) link.addEventListener("click", () => setTimeout(unfold));
  for (const box of all("details.folded")) box.addEventListener("toggle", markScrolling);
  unfold();
})();
