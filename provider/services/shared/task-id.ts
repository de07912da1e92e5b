/** Ids of the form `<service>/<task>,<task>`. */
import { VideoAnalysisError } from "../../common/errors";
import type { PropertyMap } from "../../common/json";
import type { ResourceDefinition, TaskId } from "../../core/contract";

/** Task ids are 32 hexadecimal digits (ModelArts), or `task` and eight more (VAS); the service refuses others. */
const PART = /^[^\s/?#,%\\]+$/;

/** @param key argument that names the service: the first part of the id */
export function taskIds(type: string, key: string): Pick<ResourceDefinition, "formatId" | "parseId"> {
  return {
    formatId: (args: PropertyMap, ids) => `${String(args[key])}/${ids.join(",")}`,
    parseId: (id): TaskId => {
      const [service = "", tasks, ...rest] = id.split("/");
      const ids = tasks?.split(",") ?? [];
      const valid = PART.test(service) && ids.length > 0 && ids.every((taskId) => PART.test(taskId));
      if (!valid || rest.length > 0 || new Set(ids).size < ids.length) {
        throw new VideoAnalysisError(
          "INVALID_ID",
          `"${id}" is no id of a ${type}. Expected "<${key}>/<taskId>", or "<${key}>/<taskId>,<taskId>" for several inputs.`,
        );
      }
      return { args: { [key]: service }, taskIds: ids };
    },
  };
}
