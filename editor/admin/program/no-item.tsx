/** In place of the form where a file holds no item; a text in the other notation is given the name that it needs. */
import Button from '@atlaskit/button/new';
import { notationNames, otherNotation } from '../../../dsl/other-notation.ts';
import { createSourceFile } from '../../../dsl/source.ts';

interface NoItemProps {
  readonly path: string;
  readonly text: string;
  /** Something in it cannot be read. */
  readonly broken: boolean;
  /** The file is called so from now on. */
  onRename(path: string): void;
}

export function NoItem({ path, text, broken, onRename }: NoItemProps) {
  const other = otherNotation(createSourceFile(path, text));
  return (
    <div className="nothing subtle">
      <p>
        There is no item in this file.
        {broken && ' The findings below say what is in the way.'}
      </p>
      {other !== undefined && (
        <>
          <p>Its text looks like {notationNames[other.notation]}, which a file of another name holds.</p>
          <Button spacing="compact" onClick={() => onRename(other.path)}>
            Call it {other.path}
          </Button>
        </>
      )}
    </div>
  );
}
