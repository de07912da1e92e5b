/** The import file, in the form of `pulumi import --file`. */
import { errorMessage } from "./errors";
import { containsUnknowns, type JsonMap, type PropertyMap } from "./property-value";
import { createUrn, isProviderType, parseUrn } from "./urn";

/** One resource of an import file. */
export interface ImportSpec {
  readonly type: string;
  /** By this name other resources of the file refer to it; the logical name too, unless that is given. */
  readonly name?: string;
  readonly logicalName?: string;
  readonly id?: string;
  /** Name of the parent, in the name table or in the file; by default the stack. */
  readonly parent?: string;
  /** Name of an explicit provider, in the name table or in the file; by default the package's own one. */
  readonly provider?: string;
  readonly version?: string;
  readonly component?: boolean;
  /** Recorded as they are. Secrets as in a state: encrypted for this stack, or with their `plaintext`. */
  readonly inputs?: JsonMap;
  /** With these the resource is not read, which a dynamic one cannot be before it is in a state. */
  readonly outputs?: JsonMap;
}

/** The file of `pulumi import --file`. */
export interface ImportFile {
  /** URNs of resources that are in the stack already, by the names that this file has for them. */
  readonly nameTable?: Readonly<Record<string, string>>;
  readonly resources?: readonly ImportSpec[];
}

/** A resource to import, its references resolved. */
export interface Import {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly component: boolean;
  /** URN of the parent; empty for the stack. */
  readonly parent: string;
  /** URN of the explicit provider; empty for the default one. */
  readonly provider: string;
  readonly version: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

export interface ImportOrigin {
  readonly stack: string;
  readonly project: string;
  /** Reads properties as they stand in a state. */
  readonly decode: (map: JsonMap) => PropertyMap;
}

/** Resolves names and properties. Everything that is wrong is among the problems; then there are no imports. */
export function resolveImports(
  file: ImportFile,
  origin: ImportOrigin,
): { readonly imports: readonly Import[]; readonly problems: readonly string[] } {
  const { resources = [], nameTable = {} } = file;
  const specs = resources.map((spec): Named => {
    const logicalName = spec.logicalName ?? spec.name ?? "";
    return { ...spec, name: spec.name ?? logicalName, logicalName };
  });
  const problems = specs.flatMap(shapeProblems);
  if (problems.length > 0) return { imports: [], problems };
  const names = new Names(specs, nameTable, origin);
  const imports = specs.map((spec) => importOf(spec, names, origin));
  return names.problems.length > 0 ? { imports: [], problems: names.problems } : { imports, problems: [] };
}

type Named = ImportSpec & { readonly name: string; readonly logicalName: string };

function describe(spec: ImportSpec): string {
  return `resource '${spec.name ?? spec.id ?? ""}' of type '${spec.type}'`;
}

function shapeProblems(spec: Named): string[] {
  const { type, name, id = "", component = false, outputs = {} } = spec;
  const what = describe(spec);
  const isProvider = isProviderType(type);
  const found: readonly (readonly [boolean, string])[] = [
    [type === "", "has no type"],
    [name === "", "has no name"],
    [isProvider && id !== "", "has an ID, but is a provider, which is created rather than read"],
    [isProvider && component, "is a provider and may not be marked as a component"],
    [isProvider && Object.keys(outputs).length > 0, "is a provider and may not have outputs"],
    [!isProvider && !component && id === "", "has no ID"],
    [component && id !== "", "has an ID, but is marked as a component"],
  ];
  return found.filter(([wrong]) => wrong).map(([, text]) => `${what} ${text}`);
}

/** The URNs behind the names of a file. */
class Names {
  readonly #specs: readonly Named[];
  readonly #table: Readonly<Record<string, string>>;
  readonly #origin: ImportOrigin;

  readonly problems: string[] = [];
  readonly #urns = new Map<Named, string>();

  constructor(specs: readonly Named[], table: Readonly<Record<string, string>>, origin: ImportOrigin) {
    this.#specs = specs;
    this.#table = table;
    this.#origin = origin;
    const taken = new Set(Object.values(table));
    for (const spec of specs) {
      const urn = this.urnOf(spec);
      if (taken.has(urn)) {
        this.problems.push(`${describe(spec)} has an ambiguous URN, set name (or logical name) to be unique`);
      }
      taken.add(urn);
    }
  }

  urnOf(spec: Named, children: ReadonlySet<Named> = new Set()): string {
    const known = this.#urns.get(spec);
    if (known !== undefined) return known;
    if (children.has(spec)) {
      this.problems.push(`${describe(spec)} is its own parent`);
      return "";
    }
    const { stack, project } = this.#origin;
    const parent = this.find("parent", spec.parent, spec, new Set([...children, spec]));
    const urn = createUrn(stack, project, spec.type, spec.logicalName, parent);
    this.#urns.set(spec, urn);
    return urn;
  }

  /** The URN of a resource that another one names; empty where it names none. */
  find(
    role: "parent" | "provider",
    name: string | undefined,
    by: Named,
    children: ReadonlySet<Named> = new Set(),
  ): string {
    if (name === undefined || name === "") return "";
    const inTable = this.#table[name];
    if (inTable !== undefined) return inTable;
    const [found, ...others] = this.#specs.filter((spec) => spec.name === name);
    if (found !== undefined && others.length === 0) return this.urnOf(found, children);
    this.problems.push(
      found === undefined
        ? `the ${role} '${name}' for ${describe(by)} has no entry in 'nameTable' or 'resources'`
        : `${describe(by)} has an ambiguous ${role}`,
    );
    return "";
  }
}

function importOf(spec: Named, names: Names, { decode }: ImportOrigin): Import {
  const provider = names.find("provider", spec.provider, spec);
  if (provider !== "" && !isProvider(provider)) {
    names.problems.push(`the provider '${spec.provider ?? ""}' for ${describe(spec)} is not a provider`);
  }
  const properties = (field: "inputs" | "outputs"): PropertyMap => {
    try {
      const map = decode(spec[field] ?? {});
      if (!containsUnknowns(map)) return map;
      names.problems.push(
        `the ${field} for ${describe(spec)} contain unknown values; fill them in before importing`,
      );
    } catch (error) {
      names.problems.push(`could not deserialize ${field} for ${describe(spec)}: ${errorMessage(error)}`);
    }
    return {};
  };
  return {
    urn: names.urnOf(spec),
    type: spec.type,
    id: spec.id ?? "",
    component: spec.component ?? false,
    parent: names.find("parent", spec.parent, spec),
    provider,
    version: spec.version ?? "",
    inputs: properties("inputs"),
    outputs: properties("outputs"),
  };
}

function isProvider(urn: string): boolean {
  try {
    return isProviderType(parseUrn(urn).type);
  } catch {
    return false;
  }
}
