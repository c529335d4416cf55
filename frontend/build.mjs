// Makes everything the pages need out of frontend/. Run by hatch_build.py; the outputs are never committed.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const ui = join(here, "..", "leerkring", "ui");
const out = join(ui, "static", "ui", "built");
const icons = join(ui, "built", "icons");

async function fresh(folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

const shared = { absWorkingDir: here, bundle: true, minify: true, legalComments: "none", logLevel: "warning" };

// htmx's own minified file is a kilobyte smaller than its module after minifying; it only lacks the export.
const smallHtmx = {
  name: "small-htmx",
  setup(build) {
    build.onLoad({ filter: /htmx\.esm\.js$/ }, async ({ path }) => ({
      contents: `${await readFile(path.replace(".esm.", ".min."), "utf8")}\nexport default htmx;`,
      loader: "js",
    }));
  },
};

await fresh(out);
await esbuild.build({
  ...shared,
  entryPoints: ["app.ts"],
  outfile: join(out, "app.js"),
  format: "iife",
  target: "es2022",
  plugins: [smallHtmx],
});
// On its own: only the pages of passkeys load it.
await esbuild.build({
  ...shared,
  entryPoints: ["passkeys.ts"],
  outfile: join(out, "passkeys.js"),
  format: "iife",
  target: "es2022",
});
// The live room's own.
await esbuild.build({
  ...shared,
  entryPoints: ["live.ts"],
  outfile: join(out, "live.js"),
  format: "iife",
  target: "es2022",
});
await esbuild.build({
  ...shared,
  entryPoints: ["live.css"],
  outfile: join(out, "live.css"),
});
await esbuild.build({
  ...shared,
  entryPoints: ["app.css"],
  outfile: join(out, "app.css"),
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]",
});

// An icon is inlined in a page: no size, no ids, hidden from screen readers, coloured by the text around it.
await fresh(icons);
const names = (await readFile(join(here, "icons.txt"), "utf8")).split("\n").filter(Boolean);
for (const name of names) {
  const svg = await readFile(join(here, "node_modules", "lucide-static", "icons", `${name}.svg`), "utf8");
  const drawing = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1).replace(/\s*\n\s*/g, "");
  const open =
    '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" ' +
    'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">';
  await writeFile(join(icons, `${name}.svg`), open + drawing);
}

// Whoever receives the bundle receives the licences of what is in it.
const packages = Object.keys(JSON.parse(await readFile(join(here, "package.json"), "utf8")).dependencies);
const texts = [];
for (const name of packages) {
  const folder = join(here, "node_modules", name);
  const licence = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
  texts.push(`${name}\n\n${await readFile(join(folder, licence), "utf8")}`);
}
await writeFile(join(out, "LICENSES.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
await copyFile(join(here, "mark.svg"), join(out, "mark.svg"));
