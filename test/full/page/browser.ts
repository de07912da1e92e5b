/** A page in a real browser, over the Chrome DevTools Protocol. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { WebSocket } from "undici";

/** How Chromium is called where it is installed; `CHROME_BIN` is the variable that test runners use for another place. */
const NAMES = [
  process.env["CHROME_BIN"] ?? "",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];

/** Undefined where there is none. */
export function findBrowser(): string | undefined {
  return NAMES.find(
    (name) =>
      name !== "" && spawnSync(name, ["--version"], { stdio: "ignore", timeout: 20_000 }).status === 0,
  );
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly type?: string; readonly entry?: { readonly text: string } };
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** Virtual key codes of the keys that have no text (UI Events, "Fixed virtual key codes"). */
const KEYS: Readonly<Record<string, { readonly code: number; readonly text?: string }>> = {
  Tab: { code: 9 },
  Enter: { code: 13, text: "\r" },
  Escape: { code: 27 },
  " ": { code: 32, text: " " },
  "/": { code: 191, text: "/" },
};

export class Page {
  /** Complaints of the browser: refused scripts, failed loads. */
  readonly complaints: string[] = [];
  readonly #answers = new Map<number, (message: Message) => void>();
  readonly #events = new EventEmitter();
  #next = 0;
  #session = "";

  private constructor(
    private readonly child: ChildProcess,
    private readonly socket: WebSocket,
    private readonly profile: string,
  ) {
    socket.addEventListener("message", ({ data }) => {
      this.#receive(JSON.parse(String(data)) as Message);
    });
  }

  static async open(browser: string): Promise<Page> {
    const profile = mkdtempSync(path.join(tmpdir(), "video-analysis-browser-"));
    const child = spawn(
      browser,
      [
        "--headless=new",
        "--remote-debugging-port=0",
        `--user-data-dir=${profile}`,
        "--no-first-run",
        "--disable-gpu",
        // Chromium refuses its sandbox to root, which containers mostly are; the page is this package's own.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "about:blank",
      ],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    const socket = new WebSocket(await addressOf(child));
    await once(socket, "open");
    const page = new Page(child, socket, profile);
    const { targetId } = await page.#send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await page.#send("Target.attachToTarget", { targetId, flatten: true });
    page.#session = String(sessionId);
    for (const domain of ["Page", "Runtime", "Log"]) await page.#send(`${domain}.enable`);
    return page;
  }

  async load(html: string): Promise<void> {
    const file = path.join(this.profile, "page.html");
    writeFileSync(file, html);
    const loaded = once(this.#events, "Page.loadEventFired");
    await this.#send("Page.navigate", { url: pathToFileURL(file).href });
    await loaded;
  }

  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.#send("Runtime.evaluate", {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value: T }).value;
  }

  async press(key: string): Promise<void> {
    const { code, text } = KEYS[key] ?? { code: 0 };
    const event = { key, windowsVirtualKeyCode: code, ...(text === undefined ? {} : { text }) };
    await this.#send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
    await this.#send("Input.dispatchKeyEvent", { type: "keyUp", key, windowsVirtualKeyCode: code });
  }

  async type(text: string): Promise<void> {
    await this.#send("Input.insertText", { text });
  }

  async resize(width: number, height: number): Promise<void> {
    await this.#send("Emulation.setDeviceMetricsOverride", {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: width < 600,
    });
  }

  async colorScheme(value: "light" | "dark"): Promise<void> {
    await this.#send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
  }

  async close(): Promise<void> {
    const ended = once(this.child, "exit");
    this.socket.close();
    this.child.kill("SIGKILL");
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    this.#next += 1;
    const id = this.#next;
    const session = this.#session === "" ? {} : { sessionId: this.#session };
    return new Promise((resolve, reject) => {
      this.#answers.set(id, ({ error, result = {} }) => {
        if (error === undefined) resolve(result);
        else reject(new Error(`${method}: ${error.message}`));
      });
      this.socket.send(JSON.stringify({ id, method, params, ...session }));
    });
  }

  #receive(message: Message): void {
    if (message.id !== undefined) this.#answers.get(message.id)?.(message);
    else if (message.method === "Log.entryAdded") this.complaints.push(message.params?.entry?.text ?? "");
    else if (message.method === "Runtime.exceptionThrown") {
      this.complaints.push(JSON.stringify(message.params));
    } else if (message.method !== undefined) this.#events.emit(message.method);
  }
}

/** The browser says on its standard error where it listens. */
async function addressOf({ stderr }: ChildProcess): Promise<string> {
  if (stderr === null) throw new Error("the browser has no standard error");
  for await (const line of createInterface({ input: stderr })) {
    const [, address] = /^DevTools listening on (\S+)$/.exec(line) ?? [];
    if (address !== undefined) {
      stderr.resume();
      return address;
    }
  }
  throw new Error("the browser ended without telling where it listens");
}
