
"use strict";
{
  const MOST = 5000; // stretches to colour
  const PAUSE = 120; // milliseconds of rest after a key before the search
  const search = document.getElementById("search");
  const query = document.getElementById("query");
  const clear = document.getElementById("clear");
  const told = document.getElementById("told");
  const notes = document.getElementById("notes");
  const parts = [...document.getElementById("text").children];
  const folded = new Map();
  let waiting = 0;

  /** Lower case, half-width, one kind of quotation mark and blank; as long as it was. */
  const fold = (text) => {
    const plain = text
      .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
      .replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/[\u2010-\u2013]/g, "-")
      .replace(/\s/g, " ");
    const lower = plain.toLowerCase();
    return lower.length === text.length ? lower : plain;
  };

  /** Words that must all occur; what stands in quotation marks is one. */
  const terms = () => [...fold(query.value).matchAll(/"([^"]+)"|([^\s"]+)/g)].map((m) => m[1] ?? m[2]);

  const view = () => document.querySelector("[name=view]:checked").value;

  /** The sides of a part that the view shows. */
  const shown = (part, lang) => {
    const sides = [...part.children];
    if (lang === "both" || part.classList.contains("only")) return sides;
    const own = sides.filter((side) => side.classList.contains(lang));
    return own.length ? sides.filter((side) => own.includes(side) || side.classList.contains("number")) : [];
  };

  const textOf = (side) => {
    if (!folded.has(side)) folded.set(side, fold(side.textContent));
    return folded.get(side);
  };

  /** Where the words stand in a side: ranges over its pieces of text. */
  const ranges = function* (side, words) {
    const pieces = [];
    const walker = document.createTreeWalker(side, NodeFilter.SHOW_TEXT);
    for (let at = 0; walker.nextNode(); at += walker.currentNode.length) pieces.push([at, walker.currentNode]);
    const place = (at) => pieces.findLast(([start]) => start <= at);
    for (const word of words) {
      for (let at = textOf(side).indexOf(word); at >= 0; at = textOf(side).indexOf(word, at + word.length)) {
        const range = new Range();
        const [first, last] = [place(at), place(at + word.length - 1)];
        range.setStart(first[1], at - first[0]);
        range.setEnd(last[1], at + word.length - last[0]);
        yield range;
      }
    }
  };

  const colour = (sides, words) => {
    if (!("highlights" in CSS)) return;
    const found = new Highlight();
    for (const side of sides) {
      for (const range of ranges(side, words)) {
        if (found.size >= MOST) break;
        found.add(range);
      }
    }
    CSS.highlights.set("found", found);
  };

  /** A heading stays over what is found below it, a note over the rows it speaks of. */
  const hide = (hits) => {
    const below = new Array(7).fill(false);
    let noted = false;
    for (const part of parts.toReversed()) {
      const level = /^H[2-6]$/.test(part.nodeName) ? Number(part.nodeName[1]) : 0;
      const keep = hits.has(part) || (level ? below[level] : part.classList.contains("note") && noted);
      part.hidden = !keep;
      if (!part.classList.contains("note")) noted = part.classList.contains("alone") && (noted || keep);
      if (level) below.fill(false, level);
      if (keep) below.fill(true, 0, level || 7);
    }
  };

  const find = () => {
    const words = terms();
    const lang = view();
    const sides = new Map(parts.filter((part) => !part.classList.contains("note")).map((p) => [p, shown(p, lang)]));
    const hits = new Set([...sides.keys()].filter((part) =>
      words.every((word) => sides.get(part).some((side) => textOf(side).includes(word)))));
    if (words.length) hide(hits);
    else for (const part of parts) part.hidden = false;
    if (notes) notes.hidden = words.length > 0;
    colour(words.length ? [...hits].flatMap((part) => sides.get(part)) : [], words);
    told.hidden = clear.hidden = !words.length;
    for (const count of told.querySelectorAll(".count")) count.textContent = String(hits.size);
  };

  const reset = () => {
    query.value = "";
    find();
  };

  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, PAUSE);
  });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Escape") reset();
  });
  clear.addEventListener("click", () => {
    reset();
    query.focus();
  });
  for (const choice of document.querySelectorAll("[name=view]")) choice.addEventListener("change", find);

  /** A link to what the search or the view hides shows it. */
  const arrive = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || target.getClientRects().length) return;
    if (target.hidden) reset();
    if (!target.getClientRects().length) document.getElementById("view-both").click();
    target.scrollIntoView();
  };

  addEventListener("hashchange", arrive);
  search.hidden = false;
  if (query.value) find();
  arrive();
}
