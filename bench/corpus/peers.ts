/**
 * The same model for the peers: as many entities, ten fields each, one of them a reference to another
 * entity, in the layout that each language's own formatter gives it.
 */
const other = (n: number, count: number): number => (n * 7 + 1) % count;
const each = (count: number, block: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => block(n)).join('\n');

export const prismaSchema = (count: number): string =>
  `datasource db {
  provider = "postgresql"
}

enum Level {
  High
  Medium
  Low
}

${each(
  count,
  n => `model Entity${n} {
  id       Int       @id
  subject  String    @db.VarChar(255)
  text     String?   @db.VarChar(255)
  amount   Float?
  day      DateTime? @db.Date
  moment   DateTime?
  level    Level     @default(Low)
  nextId   Int?      @unique
  next     Entity${(n + 1) % count}? @relation("next${n}", fields: [nextId], references: [id])
  previous Entity${(n + count - 1) % count}? @relation("next${(n + count - 1) % count}")
}
`,
)}`;

export const graphqlSchema = (count: number): string =>
  `type Query {
  first: Entity0
}

enum Level {
  HIGH
  MEDIUM
  LOW
}

${each(
  count,
  n => `type Entity${n} {
  id: ID!
  subject: String!
  text1: String
  text2: String
  amount1: Float
  amount2: Float
  day: String
  moment: String
  level: Level
  next: Entity${other(n, count)}
}
`,
)}`;

export const openFgaModel = (count: number): string =>
  `model
  schema 1.1

type user

${each(
  count,
  n => `type entity${n}
  relations
    define parent: [entity${other(n, count)}]
    define owner: [user]
    define editor: [user] or owner
    define viewer: [user] or editor
    define guest: [user]
    define blocked: [user]
    define can_read: viewer but not blocked
    define can_write: editor but not blocked
    define can_share: owner or editor
    define can_see: viewer from parent
`,
)}`;

export const typeSpecModel = (count: number): string =>
  `enum Level {
  High,
  Medium,
  Low,
}

${each(
  count,
  n => `model Entity${n} {
  id: int32;
  subject: string;
  text1?: string;
  text2?: string;
  amount1?: float64;
  amount2?: decimal;
  day?: plainDate;
  moment?: utcDateTime;
  level: Level;
  next?: Entity${other(n, count)};
}
`,
)}`;
