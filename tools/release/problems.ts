/** Conditions on the repository before a version is published. */

export interface Repository {
  readonly branch: string;
  /** Output of `git status --porcelain`. */
  readonly status: string;
  /** Names of all tags. */
  readonly tags: readonly string[];
  readonly version: string;
  readonly changelog: string;
  /** Versions that golden states are recorded of. */
  readonly golden: readonly string[];
}

/** The branch that releases are made of. */
const BRANCH = "main";

export const tagOf = (version: string): string => `v${version}`;

/** Sentences; none where the version can be published. */
export function problemsOf(repository: Repository): string[] {
  const { branch, status, tags, version, changelog, golden } = repository;
  const problems: (string | false)[] = [
    branch !== BRANCH && `The branch is ${branch}. Switch to ${BRANCH}.`,
    status.trim() !== "" && `There are changes that are not committed:\n${status.trimEnd()}`,
    tags.includes(tagOf(version)) &&
      `The tag ${tagOf(version)} exists. Raise the version: npm version --no-git-tag-version.`,
    !hasDatedEntry(changelog, version) &&
      `CHANGELOG.md has no entry "## [${version}] - <date>". Give its entry [Unreleased] this title.`,
    !golden.includes(version) && "There are no golden states of this version. Run: npm run golden.",
  ];
  return problems.filter((problem) => problem !== false);
}

/** The first entry that is not `[Unreleased]` has to be this version's, with a day. */
function hasDatedEntry(changelog: string, version: string): boolean {
  const titles = [...changelog.matchAll(/^## (.*)$/gm)].map(([, title = ""]) => title);
  const [latest = ""] = titles.filter((title) => title !== "[Unreleased]");
  return latest.startsWith(`[${version}] - `) && /\d{4}-\d\d-\d\d$/.test(latest);
}
