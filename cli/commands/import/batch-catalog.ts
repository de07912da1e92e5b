/** Arguments of batches that no call about a batch returns, as far as other lists of VIAS have them. */
import { isVideoAnalysisError, problemOf } from "../../../provider/common/errors";
import { getAt, isObject, type Path, type PropertyMap } from "../../../provider/common/json";
import type { Found, Supplied } from "../../../provider/core/operations/import-state";
import type { ListName } from "../../../provider/services/lookups";
import type { Access } from "../../stack/access";

const GROUPS: Path = ["batchInput", "videoSourceGroup"];
/** All sources of a batch: they are shown as those of one group without an id. */
const SOURCES: Path = [...GROUPS, 0, "videoSourceList"];

const FROM_SOURCES = "the one group of each source that both listVideoSources and the batch name.";
const FROM_ALGORITHMS = "of the one algorithm with the batch's title in listUserServices.";

export class BatchCatalog {
  readonly #sources: readonly PropertyMap[];
  readonly #algorithms: readonly PropertyMap[];

  private constructor(sources: readonly PropertyMap[], algorithms: readonly PropertyMap[]) {
    this.#sources = sources;
    this.#algorithms = algorithms;
  }

  /** A list that fails fills nothing in: what it would have said is left to the user. */
  static async read(access: Pick<Access, "list" | "notify">): Promise<BatchCatalog> {
    const entriesOf = async (list: ListName, args: PropertyMap): Promise<readonly PropertyMap[]> => {
      try {
        return await access.list(list, args);
      } catch (error) {
        if (!isVideoAnalysisError(error)) throw error;
        access.notify(`BatchTask: ${list} fills nothing in: ${problemOf(error)}`);
        return [];
      }
    };
    return new BatchCatalog(
      await entriesOf("listVideoSources", {}),
      await entriesOf("listUserServices", { details: true }),
    );
  }

  /** Values that follow from the lists; none where they leave a choice. */
  supplied({ args, outputs }: Found): Supplied[] {
    const { name, version } = this.#algorithm(args, outputs);
    const values: readonly Supplied[] = [
      { path: GROUPS, value: this.#groups(args, outputs), source: FROM_SOURCES },
      { path: ["serviceName"], value: name, source: FROM_ALGORITHMS },
      { path: ["serviceVersion"], value: version, source: FROM_ALGORITHMS },
    ];
    return values.filter(({ value }) => value !== undefined);
  }

  #groups(args: PropertyMap, { videoGroupName }: PropertyMap): readonly PropertyMap[] | undefined {
    if (typeof videoGroupName !== "string") return undefined;
    const named = new Set<unknown>(videoGroupName.split(",").map((name) => name.trim()));
    const found = new Set<unknown>();
    const groups = new Map<string, PropertyMap[]>();
    for (const source of objectsIn(getAt(args, SOURCES))) {
      const listed = this.#sources.find(({ id }) => id === source.videoSourceId);
      const [group, ...others] = objectsIn(listed?.videoPackages).filter(({ videoGroupName: name }) =>
        named.has(name),
      );
      if (typeof group?.videoGroupId !== "string" || others.length > 0) return undefined;
      found.add(group.videoGroupName);
      groups.set(group.videoGroupId, [...(groups.get(group.videoGroupId) ?? []), source]);
    }
    // A name without a source is part of one with a comma, or of a group whose sources have moved.
    if (found.size < named.size) return undefined;
    return [...groups].map(([videoSourceGroupId, videoSourceList]) => ({
      videoSourceGroupId,
      videoSourceList,
    }));
  }

  /**
   * The version only of an algorithm that never had another: the batch may be older than today's.
   *
   * @param given the name that the user supplies, if any
   */
  #algorithm(
    { serviceName: given }: PropertyMap,
    { algName }: PropertyMap,
  ): { readonly name?: unknown; readonly version?: unknown } {
    if (typeof algName !== "string") return {};
    const [algorithm, ...others] = this.#algorithms.filter(({ name }) => name === algName);
    if (algorithm === undefined || others.length > 0) return {};
    const { api, functionVersion, algVersion, algVersions } = algorithm;
    if (given !== undefined && given !== api) return {};
    const earlier: readonly unknown[] = Array.isArray(algVersions) ? algVersions : [];
    const isOnly = [algVersion, ...earlier].every((version) => version === functionVersion);
    return { name: api, version: isOnly ? functionVersion : undefined };
  }
}

const objectsIn = (value: unknown): PropertyMap[] =>
  Array.isArray(value) ? (value as unknown[]).filter(isObject) : [];
