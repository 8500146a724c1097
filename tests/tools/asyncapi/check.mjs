// Validates an AsyncAPI document with the official parser; exits 1 with the diagnostics when it is not valid.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
const errors = diagnostics.filter((d) => d.severity === 0);
if (!document || errors.length > 0) {
  console.error(JSON.stringify(errors, null, 1));
  process.exit(1);
}
console.log(`valid: ${document.channels().all().length} channels, ${document.operations().all().length} operations`);
