/** The file of `--values`: arguments that no call returns, supplied by the user. */
import { VideoAnalysisError } from "../../../provider/common/errors";
import { formatPath, getAt, isObject, type PropertyMap, type Path } from "../../../provider/common/json";
import { readYaml } from "../../common/yaml";

/** Arguments by the id of their resource. */
export type Values = ReadonlyMap<string, PropertyMap>;

/**
 * YAML or JSON: an object of ids, each with arguments as a program writes them.
 *
 * @throws `CONFIGURATION`
 */
export async function parseValues(text: string, file: string): Promise<Values> {
  const { typed: content } = await readYaml(text, file);
  const entries = isObject(content) ? Object.entries(content) : [];
  const bags = entries.flatMap(([id, args]): [string, PropertyMap][] => (isObject(args) ? [[id, args]] : []));
  if (!isObject(content) || bags.length < entries.length) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `${file} is no file of values. Write an object of ids, each with the arguments that no call returns.`,
    );
  }
  return new Map(bags);
}

/** @throws `CONFIGURATION` for resources that are not imported */
export function refuseStrangers(values: Values, ids: readonly string[]): void {
  const stranger = [...values.keys()].find((id) => !ids.includes(id));
  if (stranger === undefined) return;
  throw new VideoAnalysisError(
    "CONFIGURATION",
    `--values names "${stranger}", which is not imported. Give one of the imported ids: ${ids.join(", ")}.`,
  );
}

/**
 * @param open paths of what no call returns
 * @returns those that the values supply
 * @throws `CONFIGURATION` for a value that the service returns
 */
export function suppliedBy(values: PropertyMap, open: readonly Path[], id: string): Path[] {
  const refuse = (value: unknown, path: Path): void => {
    const isOpen = open.some(
      (one) => one.length === path.length && one.every((part, at) => part === path[at]),
    );
    if (isOpen) return;
    const leads = path.length === 0 || open.some((one) => path.every((part, at) => part === one[at]));
    if (leads && isObject(value)) {
      for (const [key, item] of Object.entries(value)) refuse(item, [...path, key]);
    } else if (leads && Array.isArray(value)) {
      for (const [index, item] of value.entries()) refuse(item, [...path, index]);
    } else {
      throw new VideoAnalysisError(
        "CONFIGURATION",
        `--values has ${formatPath(path)} of "${id}", which the service returns. ` +
          `Leave it out: only these are open: ${open.map(formatPath).join(", ")}.`,
      );
    }
  };
  refuse(values, []);
  return open.filter((path) => getAt(values, path) !== undefined);
}
