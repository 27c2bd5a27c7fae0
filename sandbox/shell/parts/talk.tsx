/** Comments and files of a record or an issue, and the ways to add some. */
import { type FormEvent, useRef } from 'react';

interface Comment {
  readonly id: string;
  readonly body: string;
  readonly author: string;
  readonly at: string;
}
interface FileRow {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly url: string;
}

interface CommentsProps {
  readonly comments: readonly Comment[];
  readonly busy: boolean;
  onAdd(text: string): Promise<boolean>;
  onRemove(id: string): void;
}

export function Comments({ comments, busy, onAdd, onRemove }: CommentsProps) {
  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = String(new FormData(form).get('text')).trim();
    if (text !== '' && (await onAdd(text))) form.reset();
  };
  return (
    <section className="talk">
      <h4>Comments</h4>
      <ul>
        {comments.map(({ id, body, author, at }) => (
          <li key={id}>
            <p className="by">
              <b>{author}</b> <time dateTime={at}>{at.slice(0, 16).replace('T', ' ')}</time>
              <button
                type="button"
                disabled={busy}
                aria-label={`Delete the comment of ${author}`}
                onClick={() => onRemove(id)}
              >
                Delete
              </button>
            </p>
            <p className="body" dir="auto">
              {body.split(/(https?:\/\/\S+)/).map((piece, at) =>
                at % 2 === 0 ? (
                  piece
                ) : (
                  <a key={at} href={piece}>
                    {piece}
                  </a>
                ),
              )}
            </p>
          </li>
        ))}
      </ul>
      <form onSubmit={event => void add(event)}>
        <textarea name="text" rows={2} aria-label="A new comment" placeholder="Add a comment…" required />
        <button type="submit" className="button small" disabled={busy}>
          Comment
        </button>
      </form>
    </section>
  );
}

interface FilesProps {
  readonly files: readonly FileRow[];
  readonly busy: boolean;
  onAdd(file: File): Promise<unknown>;
  onRemove(id: string): void;
}

export function Files({ files, busy, onAdd, onRemove }: FilesProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <section className="talk">
      <h4>Files</h4>
      <ul>
        {files.map(({ id, name, bytes, url }) => (
          <li key={id} className="file">
            <a href={url} download={name}>
              {name}
            </a>
            <span>{bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KB`}</span>
            <button type="button" disabled={busy} aria-label={`Delete ${name}`} onClick={() => onRemove(id)}>
              Delete
            </button>
          </li>
        ))}
      </ul>
      <input
        ref={input}
        type="file"
        aria-label="A file to add"
        hidden
        onChange={event => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file !== undefined) void onAdd(file);
        }}
      />
      <button type="button" className="button small" disabled={busy} onClick={() => input.current?.click()}>
        Add a file
      </button>
    </section>
  );
}
