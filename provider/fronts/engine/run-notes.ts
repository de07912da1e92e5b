/**
 * The notes that all provider processes of one run of the engine share: each explicit provider has a process of its own,
 * and what one of them adopts another one must not delete. An append-only file, a note a line, in a folder that only
 * this user can enter. The engine's address names the file; processes that have ended do not count, so that a later run
 * at the same address begins anew.
 */
import { createHash } from "node:crypto";
import {
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import path from "node:path";
import type { Clock } from "../../common/clock";
import { messageOf } from "../../common/errors";
import { isObject } from "../../common/json";
import type { Note, NoteLog } from "../../core/ownership/run-registry";
import { isAlive } from "./is-alive";

/** How long a file of ended processes stays: a process that has just begun has written nothing yet. In milliseconds. */
const STALE_AFTER = 60 * 60 * 1000;

const SUFFIX = ".jsonl";
const FOLDER_OF_OWNER = 0o700;
const FILE_OF_OWNER = 0o600;
const OTHERS = 0o077;

interface Line {
  readonly pid: number;
  readonly note: Note;
}

export interface RunNotesOptions {
  /** Address of the engine. */
  readonly address: string;
  readonly clock: Pick<Clock, "wall">;
  /** Where the folder is made; default: the temporary directory. */
  readonly directory?: string;
  readonly warn: (message: string) => void;
}

export class RunNotes implements NoteLog {
  readonly #options: RunNotesOptions;
  #file: NotesFile | undefined;
  #isAlone = false;

  constructor(options: RunNotesOptions) {
    this.#options = options;
  }

  add(note: Note): void {
    this.#with((file) => file.append(note));
  }

  takeNew(): readonly Note[] {
    return this.#with((file) => file.readNew()) ?? [];
  }

  /** Without the file this process goes on alone: no run must fail because of its notes. */
  #with<T>(act: (file: NotesFile) => T): T | undefined {
    if (this.#isAlone) return undefined;
    try {
      this.#file ??= NotesFile.open(this.#options);
      return act(this.#file);
    } catch (error) {
      this.#isAlone = true;
      this.#options.warn(
        `the provider processes of this run cannot share what they know of owners (${messageOf(error)}): do not move a task ` +
          "from one `va.Provider` to another in this run.",
      );
      return undefined;
    }
  }
}

class NotesFile {
  /** Where the last whole line ended that was read. */
  #offset: number;

  private constructor(
    private readonly descriptor: number,
    private fresh: Note[],
    readTo: number,
  ) {
    this.#offset = readTo;
  }

  static open({ address, clock, directory = tmpdir() }: RunNotesOptions): NotesFile {
    const folder = ownFolder(directory);
    // Machines may share a directory, and each has its own loopback addresses.
    const name = createHash("sha256").update(`${hostname()}\n${address}`).digest("hex");
    const file = path.join(folder, `${name}${SUFFIX}`);
    removeStale(folder, file, clock.wall() - STALE_AFTER);
    const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW } = constants;
    // Windows knows no such flag, and its temporary directory is the user's own.
    const flags = O_RDWR | O_APPEND | O_CREAT | ((O_NOFOLLOW as number | undefined) ?? 0);
    const descriptor = openSync(file, flags, FILE_OF_OWNER);
    removeAtExit(file);
    const { lines, end } = wholeLines(readFileSync(descriptor));
    const ofRun = lines.filter(({ pid }) => pid !== process.pid && isAlive(pid));
    return new NotesFile(
      descriptor,
      ofRun.map(({ note }) => note),
      end,
    );
  }

  append(note: Note): void {
    const line: Line = { pid: process.pid, note };
    // One call, so that the lines of two processes never mix.
    const written = writeSync(this.descriptor, `${JSON.stringify(line)}\n`);
    // Where no other process has written meanwhile, there is nothing to read but this line.
    if (fstatSync(this.descriptor).size === this.#offset + written) this.#offset += written;
  }

  /** Notes of other processes of the run. */
  readNew(): Note[] {
    const known = this.fresh;
    this.fresh = [];
    const added = Buffer.alloc(Math.max(0, fstatSync(this.descriptor).size - this.#offset));
    if (added.length === 0) return known;
    const read = readSync(this.descriptor, added, 0, added.length, this.#offset);
    const { lines, end } = wholeLines(added.subarray(0, read));
    this.#offset += end;
    return [...known, ...lines.filter(({ pid }) => pid !== process.pid).map(({ note }) => note)];
  }
}

/** The folder of this user. Throws where another user owns one of its name, or can enter it. */
function ownFolder(directory: string): string {
  const user = process.getuid?.() ?? userInfo().username;
  const folder = path.join(directory, `pulumi-video-analysis-${user}`);
  mkdirSync(folder, { recursive: true, mode: FOLDER_OF_OWNER });
  const found = lstatSync(folder);
  const isOwn =
    process.getuid === undefined || (found.uid === process.getuid() && (found.mode & OTHERS) === 0);
  if (!found.isDirectory() || !isOwn)
    throw new Error(`${folder} is not a folder of this user alone; remove it`);
  return folder;
}

/** Files of runs that have ended, last written before that time, and not removed. */
function removeStale(folder: string, own: string, before: number): void {
  const others = readdirSync(folder)
    .map((name) => path.join(folder, name))
    .filter((file) => file.endsWith(SUFFIX) && file !== own);
  for (const file of others) {
    const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (written !== undefined && written < before) removeIfEnded(file);
  }
}

const opened = new Set<string>();

/** A process that is debugged has a file for each run that attaches to it. */
function removeAtExit(file: string): void {
  if (opened.size === 0) process.once("exit", () => [...opened].forEach(removeIfEnded));
  opened.add(file);
}

/** The last process of a run takes the file with it; what stands in the way is left to a later run. */
function removeIfEnded(file: string): void {
  try {
    const { lines } = wholeLines(readFileSync(file));
    if (!lines.some(({ pid }) => pid !== process.pid && isAlive(pid))) rmSync(file, { force: true });
  } catch {
    return;
  }
}

/** Lines that are whole, and where they end: a process that was killed may have left a part of one. */
function wholeLines(content: Buffer): { lines: Line[]; end: number } {
  const end = content.lastIndexOf("\n") + 1;
  const lines = content.subarray(0, end).toString().split("\n").slice(0, -1);
  return { lines: lines.flatMap((line) => parsed(line) ?? []), end };
}

function parsed(text: string): Line | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return isObject(line) && typeof line.pid === "number" && isObject(line.note)
      ? (line as unknown as Line)
      : undefined;
  } catch {
    return undefined;
  }
}
