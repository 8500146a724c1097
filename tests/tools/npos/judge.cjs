// Reads ESC/POS bytes on stdin, writes what another parser makes of them: its commands, and its raster as 0 and 1.
"use strict";

const npos = require("npos");

const chunks = [];
process.stdin.on("data", (chunk) => chunks.push(chunk));
process.stdin.on("end", async () => {
  const ast = await npos.parser().parse(Buffer.concat(chunks));
  const commands = ast.tree.map((node) => (node.ascii || "?") + (node.fn || ""));
  const rasters = ast.entries.filter((entry) => entry.type === "raster").map((entry) => pixels(entry.data));
  process.stdout.write(JSON.stringify({ commands, rasters }));
});

function pixels(bitmap) {
  const rows = [];
  for (let y = 0; y < bitmap.height; y++) {
    let row = "";
    for (let x = 0; x < bitmap.width; x++) row += bitmap.getPixel(x, y) === 0 ? "1" : "0";
    rows.push(row);
  }
  return { width: bitmap.width, height: bitmap.height, rows };
}
