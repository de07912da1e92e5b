import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { systemClock } from "../../provider/common/clock";
import type { Note } from "../../provider/core/ownership/run-registry";
import { engineAddress } from "../../provider/fronts/dynamic/engine-address";
import { RunNotes } from "../../provider/fronts/engine/run-notes";

const noteOf = (id: string): Note => ({ owned: { tasks: [{ type: "T", id }], by: "diff" } });
const DAY = 24 * 60 * 60;

describe("notes of a run", () => {
  let directory: string;
  let warnings: string[];
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "video-analysis-notes-"));
    warnings = [];
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const open = (address = "127.0.0.1:1"): RunNotes =>
    new RunNotes({ address, clock: systemClock, directory, warn: (message) => warnings.push(message) });
  const folder = (): string => path.join(directory, readdirSync(directory)[0] ?? "");
  const files = (): string[] => readdirSync(folder()).map((name) => path.join(folder(), name));
  const write = (file: string, pid: number, ...ids: string[]): void => {
    for (const id of ids) appendFileSync(file, `${JSON.stringify({ pid, note: noteOf(id) })}\n`);
  };
  const idsIn = (notes: readonly Note[]): string[] =>
    notes.flatMap((note) => ("owned" in note ? note.owned.tasks.map(({ id }) => id) : []));
  /** A process that has ended. */
  const ended = (): number => spawnSync(process.execPath, ["-e", ""]).pid;

  it("are in a file of the run's, in a folder that only this user can enter", () => {
    open().add(noteOf("a"));
    open("127.0.0.1:2").add(noteOf("b"));
    assert.equal(statSync(folder()).mode & 0o777, 0o700);
    assert.equal(files().length, 2);
    for (const file of files()) {
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.equal(readFileSync(file, "utf8").trim().split("\n").length, 1);
    }
    assert.deepEqual(warnings, []);
  });

  it("of other processes come once, in their order, and own ones never", () => {
    const notes = open();
    notes.add(noteOf("own"));
    const [file = ""] = files();
    write(file, process.ppid, "a", "b");
    assert.deepEqual(idsIn(notes.takeNew()), ["a", "b"]);
    assert.deepEqual(notes.takeNew(), []);
    // A line that is still being written counts when it is whole.
    const line = JSON.stringify({ pid: process.ppid, note: noteOf("c") });
    appendFileSync(file, line.slice(0, 10));
    assert.deepEqual(notes.takeNew(), []);
    appendFileSync(file, `${line.slice(10)}\n`);
    write(file, process.ppid, "d");
    assert.deepEqual(idsIn(notes.takeNew()), ["c", "d"]);
  });

  it("that were there before count for their run only: not those of processes that have ended", () => {
    open().add(noteOf("x"));
    const [file = ""] = files();
    rmSync(file);
    write(file, ended(), "of an earlier run");
    write(file, process.ppid, "of this run");
    appendFileSync(file, "no line\n{}\n");
    assert.deepEqual(idsIn(open().takeNew()), ["of this run"]);
  });

  it("of ended runs are removed, those of living ones and young ones stay", () => {
    open().add(noteOf("x"));
    const [dead, living, young] = ["dead", "living", "young"].map((name) =>
      path.join(folder(), `${name}.jsonl`),
    );
    write(dead!, ended(), "a");
    write(living!, process.ppid, "a");
    write(young!, ended(), "a");
    const yesterday = Date.now() / 1000 - DAY;
    for (const file of [dead!, living!]) utimesSync(file, yesterday, yesterday);
    open("127.0.0.1:2").add(noteOf("y"));
    const left = files().map((file) => path.basename(file));
    assert.deepEqual(
      [dead, living, young].map((file) => left.includes(path.basename(file!))),
      [false, true, true],
    );
  });

  it("are the process's own, with one warning, where others can enter the folder or it cannot be made", () => {
    const failing = [
      () => {
        open().add(noteOf("x"));
        chmodSync(folder(), 0o755);
      },
      () => {
        rmSync(folder(), { recursive: true });
        writeFileSync(directory + "/file", "");
        directory = path.join(directory, "file");
      },
    ];
    for (const prepare of failing) {
      prepare();
      warnings = [];
      const notes = open();
      notes.add(noteOf("a"));
      assert.deepEqual(notes.takeNew(), []);
      notes.add(noteOf("b"));
      assert.equal(warnings.length, 1, warnings.join());
    }
    directory = path.dirname(directory);
    mkdirSync(directory, { recursive: true });
  });

  it("are kept by the provider process that the engine started, and by no other", () => {
    const script = "/p/node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js";
    assert.equal(engineAddress(["node", script, "127.0.0.1:4000"]), "127.0.0.1:4000");
    assert.equal(engineAddress(["node", "C:\\p\\cmd\\dynamic-provider", "127.0.0.1:4000"]), "127.0.0.1:4000");
    for (const argv of [
      ["node"],
      ["node", script],
      ["node", script, ""],
      ["node", "/p/cmd/run", "--monitor"],
    ]) {
      assert.equal(engineAddress(argv), undefined);
    }
  });
});
