/**
 * A page of the app as the product shows it: in a frame, under Forge's own policy. A panel's frame is as high as its
 * content, as Jira makes it.
 */
import { useEffect, useRef, useState } from 'react';
import { shownTheme } from '../theme.ts';

interface AppFrameProps {
  readonly title: string;
  readonly src: string;
  /** As high as its content; else as its place. */
  readonly grows?: boolean;
}

export function AppFrame({ title, src, grows = false }: AppFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(120);
  const theme = shownTheme();
  useEffect(() => {
    const shown = frame.current;
    if (!grows || shown === null) return;
    let watcher: ResizeObserver | undefined;
    const follow = () => {
      const body = shown.contentDocument?.body;
      if (body === undefined || body === null) return;
      watcher?.disconnect();
      watcher = new ResizeObserver(() => setHeight(Math.max(80, body.offsetHeight)));
      watcher.observe(body);
    };
    shown.addEventListener('load', follow);
    follow();
    return () => {
      shown.removeEventListener('load', follow);
      watcher?.disconnect();
    };
  }, [grows, src]);
  return (
    <iframe
      ref={frame}
      title={title}
      src={`${src}${src.includes('?') ? '&' : '?'}theme=${theme}`}
      className={grows ? 'app-frame grows' : 'app-frame'}
      style={grows ? { height } : undefined}
    />
  );
}
