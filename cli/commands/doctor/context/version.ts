/** Versions, as far as one can fit or not. */

export interface Version {
  readonly parts: readonly [major: number, minor: number, patch: number];
  /** A pre-release comes before the release of its numbers. */
  readonly prerelease: boolean;
}

const FORM = /^v?(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]*)?$/;

/** Undefined for a text that is no version. Total. */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor, patch = "0", prerelease] = FORM.exec(text.trim()) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  return { parts: [Number(major), Number(minor), Number(patch)], prerelease: prerelease !== undefined };
}

/** Negative where `a` comes first, 0 where neither does. Two pre-releases of one version count as equal. */
export function compareVersions(a: Version, b: Version): number {
  for (const [index, part] of a.parts.entries()) {
    const other = b.parts[index] ?? 0;
    if (part !== other) return part - other;
  }
  return Number(b.prerelease) - Number(a.prerelease);
}

/** Whether a version is at least the lowest and below the end; a text that is no version is not. */
export function fits(text: string, lowest: string, end?: string): boolean {
  const version = parseVersion(text);
  const from = parseVersion(lowest);
  const until = end === undefined ? undefined : parseVersion(end);
  if (version === undefined || from === undefined) return false;
  if (compareVersions(version, from) < 0) return false;
  // A pre-release of the end is of that major version already.
  return until === undefined || compareVersions({ ...version, prerelease: false }, until) < 0;
}
