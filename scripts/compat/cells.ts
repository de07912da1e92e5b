/** What is tried, and what has to come of it. */
import { RunError, runNpm } from "./run";
import { ROOT } from "./pack";
import { LANGUAGES, type Language } from "./programs";
import { drive, type Layout, makeProject, type Project, sdkOf } from "./projects";
import { type Toolbox, versionOf } from "./toolbox";

export interface Outcome {
  readonly status: "ok" | "skipped";
  readonly detail: string;
}

export interface Cell {
  readonly name: string;
  /** Throws where it fails. */
  run(toolbox: Toolbox): Outcome;
}

/** The lowest SDK that the package takes, the last that npm picks on Node 20, and today's. */
const LOWEST = "3.216.0";
const LAST_ON_20 = "3.248.0";
const NEWEST = "^3.248.0";

/** SDKs after 3.248 ask for Node 22. */
const SDKS: Readonly<Record<number, readonly string[]>> = {
  20: [LOWEST, LAST_ON_20],
  22: [LOWEST, LAST_ON_20, NEWEST],
  24: [LOWEST, LAST_ON_20, NEWEST],
};

const sdkLabel = (sdk: string): string => (sdk === NEWEST ? "newest" : sdk.replace(/\.0$/, ""));

/** By toolbox: what one cell installed, the next one only runs. */
const installed = new WeakMap<Toolbox, Map<string, Project>>();

function projectFor(toolbox: Toolbox, layout: Layout, major: number, sdk: string): Project {
  const known = installed.get(toolbox) ?? new Map<string, Project>();
  installed.set(toolbox, known);
  const key = [layout, major, sdk].join(" ");
  const project = known.get(key) ?? makeProject(toolbox, layout, major, sdk);
  known.set(key, project);
  return project;
}

const nameOf = (layout: Layout, major: number, sdk: string, more: string): string =>
  `${layout} node${major} sdk${sdkLabel(sdk)} ${more}`;

function life(layout: Layout, major: number, sdk: string, language: Language): Cell {
  return {
    name: nameOf(layout, major, sdk, language),
    run: (toolbox) => {
      const project = projectFor(toolbox, layout, major, sdk);
      drive(project, LANGUAGES[language].entry);
      return { status: "ok", detail: `Node ${versionOf(project.node)}, SDK ${sdkOf(project)}` };
    },
  };
}

/** A program that must not begin. */
function refusal(layout: Layout, major: number, sdk: string, code: RegExp): Cell {
  return {
    name: nameOf(layout, major, sdk, "refused"),
    run: (toolbox) => {
      const project = projectFor(toolbox, layout, major, sdk);
      try {
        drive(project, LANGUAGES.cjs.entry);
      } catch (error) {
        const [said] = error instanceof RunError ? (code.exec(error.output) ?? []) : [];
        if (said === undefined) throw error;
        return { status: "ok", detail: `Node ${versionOf(project.node)}: ${said}` };
      }
      throw new Error("the program ran, but it has to be refused");
    },
  };
}

const everywhere = (layout: Layout): Cell[] => [
  life(layout, 20, LAST_ON_20, "cjs"),
  life(layout, 22, NEWEST, "esm"),
  life(layout, 24, NEWEST, "ts"),
];

/** What is wrong, and the command that mends it. */
const LIBRARY_ONLY = /RUNTIME_NOT_FOUND(?=.*pnpm add pulumi-video-analysis)/;

export const CELLS: readonly Cell[] = [
  ...Object.entries(SDKS).flatMap(([major, sdks]) =>
    sdks.flatMap((sdk) =>
      (Object.keys(LANGUAGES) as Language[]).map((language) => life("npm", Number(major), sdk, language)),
    ),
  ),
  ...(["workspaces", "pnpm", "yarn", "yarn1"] as const).flatMap(everywhere),
  refusal("library", 20, LAST_ON_20, LIBRARY_ONLY),
  refusal("library", 22, NEWEST, LIBRARY_ONLY),
  refusal("pnp", 22, LAST_ON_20, /RUNTIME_UNSUPPORTED/),
  {
    name: "package types",
    run: (toolbox) => {
      toolbox.checkTypes();
      return { status: "ok", detail: "are-the-types-wrong found nothing" };
    },
  },
  { name: "package audit", run: () => audit() },
];

/** How npm says that a registry has no such service. */
const NO_AUDIT = /audit endpoint returned an error|ENOAUDIT/;

function audit(): Outcome {
  try {
    runNpm(["audit", "--omit=dev"], { cwd: ROOT });
    return { status: "ok", detail: "no advisory on a runtime dependency" };
  } catch (error) {
    if (error instanceof RunError && NO_AUDIT.test(error.output)) {
      return { status: "skipped", detail: "the registry does not serve audits" };
    }
    throw error;
  }
}
