// The Nu HTML checker over the HTML of all pages at once: errors and warnings alike.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import vnu from "vnu-jar";

function run(args) {
  return new Promise((resolve, reject) => {
    execFile("java", ["-Xss1m", "-jar", ...args], { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stderr || stdout).messages);
      } catch {
        reject(error ?? new Error(stderr));
      }
    });
  });
}

// htmlProblems takes documents by name and returns what is wrong, one line each.
export async function htmlProblems(documents) {
  const dir = await mkdtemp(join(tmpdir(), "piata-html-"));
  try {
    const names = Object.keys(documents);
    await Promise.all(names.map((name, i) => writeFile(join(dir, `${i}.html`), documents[name])));
    const messages = await run([vnu, "--format", "json", dir]);
    return messages.map((m) => `${names[parseInt(basename(m.url ?? ""), 10)]}: line ${m.lastLine}: ${m.message} ${m.extract?.trim() ?? ""}`);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
