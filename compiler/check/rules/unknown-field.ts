import type { SourceFile } from '../../../dsl/source.ts';
import type { BoundItem, BoundPath, BoundTest } from '../../bind/bound.ts';
import type { MetadataLookup } from '../../metadata/lookup.ts';
import type { ObjectMetadata } from '../../metadata/model.ts';
import { nearest } from '../../suggest.ts';
import { nameInstead } from '../fixes.ts';
import type { Report, Rule } from '../rule.ts';

/** Paths of items and tests that do not end at a field. */
export const unknownField: Rule = {
  name: 'unknown-field',
  item: (item, report, { lookup }) => checkPaths(item, lookup, report),
  program({ tests, lookup }, report) {
    for (const test of tests) checkPaths(test, lookup, report);
  },
};

function checkPaths({ file, paths }: BoundItem | BoundTest, lookup: MetadataLookup | undefined, report: Report) {
  if (lookup !== undefined) for (const path of paths) checkPath(file, path, lookup, report);
}

function checkPath(file: SourceFile, { node, result }: BoundPath, lookup: MetadataLookup, report: Report): void {
  switch (result.kind) {
    case 'unknown-field': {
      const { object, segment } = result;
      report(file, segment.span, 'unknown-field', () => {
        const { text: name, span } = segment;
        const behind = behindRelationship(object, name, lookup);
        const near = behind === undefined ? nearest(name, object.fields ?? []) : [behind];
        return { holes: { name, object: object.name, near }, fixes: nameInstead(file, span, ...near) };
      });
      break;
    }
    case 'not-a-relationship': {
      const { object, segment } = result;
      report(file, segment.span, 'not-a-relationship', () => {
        const { text: name, span } = segment;
        const known = (object.fields ?? []).flatMap(field => field.relationship ?? []);
        const own = lookup.field(object, name)?.relationship;
        const near = own ? [own] : nearest(name, known);
        return { holes: { name, object: object.name, near }, fixes: nameInstead(file, span, ...near) };
      });
      break;
    }
    case 'object-not-described':
      report(file, result.segment.span, 'object-not-described', { name: result.object });
      break;
    case 'too-deep':
      report(file, node.span, 'path-too-deep', { path: node.segments.map(segment => segment.text).join('.') });
      break;
  }
}

/** `Account` alone is a relationship; its name field is what people mean. */
function behindRelationship(object: ObjectMetadata, name: string, lookup: MetadataLookup): string | undefined {
  const reference = lookup.relationship(object, name);
  const target = reference?.referenceTo?.map(to => lookup.object(to)).find(found => found?.fields !== undefined);
  const field = target?.fields?.find(candidate => candidate.nameField);
  return reference && field ? `${reference.relationship}.${field.name}` : undefined;
}
