/** What people call a key who know it from another language: spelling alone would lead them to another one, or to none. */

const names: Readonly<Record<string, readonly string[]>> = {
  salesforce: ['sf'],
  is: ['=', '==', 'eq', 'equals', 'equal'],
  isNot: ['!=', '<>', 'ne', 'neq', 'notEquals', 'notEqual'],
  isAtLeast: ['>=', 'gte', 'ge', 'min'],
  isAtMost: ['<=', 'lte', 'le', 'max'],
  isAfter: ['after'],
  isBefore: ['before'],
  isOneOf: ['in', 'oneOf', 'anyOf'],
  isNotOneOf: ['notIn', 'nin', 'noneOf'],
  all: ['and', 'allOf'],
  any: ['or'],
  when: ['if', 'where'],
  moveTo: ['then', 'to'],
  otherwise: ['else'],
};

const plain = (key: string): string => key.toLowerCase().replace(/[-_ ]/g, '');
const meanings = new Map(
  Object.entries(names).flatMap(([key, others]) => others.map(other => [plain(other), key] as const)),
);

/** Which of a map's keys is meant, if it has that one. */
export function meantBy<Key extends string>(written: string, keys: readonly Key[]): Key | undefined {
  const meant = meanings.get(plain(written));
  return keys.find(key => key === meant);
}
