// Starts the built program in local mode with its demo adverts, in a folder of its own, and a stand-in for the assistant's model; stops them again.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answers(address) {
  try {
    return (await fetch(address)).ok;
  } catch {
    return false;
  }
}

// startSite resolves once the market can be shown.
export async function startSite(binary, fakellm) {
  const dir = await mkdtemp(join(tmpdir(), "piata-pages-"));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const modelAddress = `127.0.0.1:${await freePort()}`;
  const model = spawn(fakellm, [modelAddress], { stdio: ["ignore", "ignore", "inherit"] });
  const env = { PATH: process.env.PATH, PORT: port, DATA_DIR: dir, RATE_LIMITS: "off", LOG_LEVEL: "error", ADMIN_EMAILS: "moderator@example.com",
    DEEPSEEK_API_KEY: "x", DEEPSEEK_BASE_URL: `http://${modelAddress}` };
  const child = spawn(binary, [], { env, stdio: ["ignore", "inherit", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const until = Date.now() + 120_000;
  while (!(await answers(`${origin}/readyz`))) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`${binary} does not answer on ${origin}`);
    await pause(200);
  }
  const stop = async () => {
    child.kill("SIGTERM");
    model.kill();
    await ended;
    await rm(dir, { recursive: true, force: true });
  };
  return { origin, stop };
}
