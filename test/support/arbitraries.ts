/** Generated values for property tests; valid arguments of each resource are in files of their own. */
export { serviceTaskArguments as validArguments } from "./arbitraries/service-task";
export { anyObject, autoName, type Path, pathsIn, sentinel } from "./arbitraries/leaves";
