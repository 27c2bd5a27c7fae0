/** What a page sends as a program: texts by path. */
import { record, type Shape, ShapeError, text } from '../shape.ts';

export type Files = Readonly<Record<string, string>>;

const all = record(text(200_000), 200);
/** Texts by path; a path is a name, never a way out of a folder. */
export const filesShape: Shape<Files> = (value, path) => {
  const files = all(value, path);
  for (const name of Object.keys(files))
    if (
      !/^[\w .@+-]+(?:\/[\w .@+-]+)*\.(?:bridge|ya?ml)$/.test(name) ||
      name.length > 200 ||
      /(^|\/)\.\.?(\/|$)/.test(name)
    )
      throw new ShapeError(path, 'texts by file name, such as `support-cases.bridge`');
  return files;
};
