/** Lists of projects. */
import type { Answer, Call } from "../../http/service";
import { type JsonObject, textOf } from "../../json";
import type { ProjectDeclaration } from "../../options";
import { InvalidField } from "../../rules";
import type { World } from "../../world";
import { domainOfCaller } from "./domains";
import { urlOf } from "./url";

/** Documented bound of `per_page`. */
const MAX_PER_PAGE = 5000;

const FILTERS = ["name", "domain_id", "parent_id", "enabled", "is_domain"];

/** Answers `GET /v3/projects`; without a filter it lists all projects of the caller's account. */
export function listProjects(world: World, call: Call): Answer {
  const { query } = call;
  for (const key of query.keys()) {
    if (!FILTERS.includes(key) && key !== "page" && key !== "per_page") {
      throw new InvalidField(key, "is not supported.");
    }
  }
  const found = projectsOfCaller(world, call).filter((project) =>
    FILTERS.every((key) => (query.get(key) ?? textOf(project[key])) === textOf(project[key])),
  );
  return answer(call, paged(found, query));
}

/** Answers `GET /v3/auth/projects`: all projects that the caller may use, without filters or pages. */
export function listAuthProjects(world: World, call: Call): Answer {
  return answer(call, projectsOfCaller(world, call));
}

function answer(call: Call, projects: JsonObject[]): Answer {
  return { status: 200, body: { projects, links: { self: urlOf(call), previous: null, next: null } } };
}

function projectsOfCaller(world: World, call: Call): JsonObject[] {
  const domain = domainOfCaller(world, call);
  return world.projectsOf(domain.name).map((project) => describe(call, project, domain.id));
}

/** `page` and `per_page` go together or not at all. */
function paged(projects: JsonObject[], query: URLSearchParams): JsonObject[] {
  const page = query.get("page");
  const perPage = query.get("per_page");
  if (page === null && perPage === null) return projects;
  if (page === null) throw new InvalidField("page", "is required together with per_page.");
  if (perPage === null) throw new InvalidField("per_page", "is required together with page.");
  const size = count("per_page", perPage, MAX_PER_PAGE);
  const begin = (count("page", page) - 1) * size;
  return projects.slice(begin, begin + size);
}

function count(key: string, value: string, max = Number.MAX_SAFE_INTEGER): number {
  const number = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= 1 && number <= max)) throw new InvalidField(key, `should be between 1 and ${max}.`);
  return number;
}

function describe(call: Call, { id, name }: ProjectDeclaration, domainId: string): JsonObject {
  return {
    id,
    name,
    domain_id: domainId,
    parent_id: domainId,
    enabled: true,
    is_domain: false,
    description: "",
    links: { self: `${urlOf(call).replace("/auth/projects", "/projects")}/${id}` },
  };
}
