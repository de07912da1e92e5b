/** Ids of the services, whose letter case differs between answers. */

/** The form in which ids are compared. */
export const idKey = (id: string): string => id.toLowerCase();

export const sameId = (one: string, other: string): boolean => idKey(one) === idKey(other);
