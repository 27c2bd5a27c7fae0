/** In place of the form where a file holds no item; a text in the other notation is given the name that it needs. */
import Button from '@atlaskit/button/new';
import { notationOf } from '../../../dsl/source.ts';

interface NoItemProps {
  readonly path: string;
  readonly text: string;
  /** Something in it cannot be read. */
  readonly broken: boolean;
  /** The file is called so from now on. */
  onRename(path: string): void;
}

/** How a text of the notation that the file's name does not say begins. */
const looksLike = { bridge: /^items\s*:/m, yaml: /^item\s+\S+\s+"/m } as const;

export function NoItem({ path, text, broken, onRename }: NoItemProps) {
  const notation = notationOf(path);
  const [renamed, other] =
    notation === 'yaml' ? [path.replace(/\.ya?ml$/, ''), 'the Bridge language'] : [`${path}.yaml`, 'YAML'];
  return (
    <div className="nothing subtle">
      <p>
        There is no item in this file.
        {broken && ' The findings below say what is in the way.'}
      </p>
      {looksLike[notation].test(text) && (
        <>
          <p>Its text looks like {other}, which a file of another name holds.</p>
          <Button spacing="compact" onClick={() => onRename(renamed)}>
            Call it {renamed}
          </Button>
        </>
      )}
    </div>
  );
}
