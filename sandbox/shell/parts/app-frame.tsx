/**
 * A page of the app as the product shows it: in a frame, under Forge's own policy. A panel's frame is as high as its
 * content, as Jira makes it.
 */
import { useEffect, useRef, useState } from 'react';
import { storedTheme } from '../theme.ts';

interface AppFrameProps {
  readonly title: string;
  readonly src: string;
  /** As high as its content; else as its place. */
  readonly grows?: boolean;
}

export function AppFrame({ title, src, grows = false }: AppFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(120);
  // What the system says, the frame follows by itself, also while it stands open.
  const theme = storedTheme();
  const address = theme === 'system' ? src : `${src}${src.includes('?') ? '&' : '?'}theme=${theme}`;
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
  }, [grows, address]);
  return (
    <iframe
      ref={frame}
      title={title}
      src={address}
      className={grows ? 'app-frame grows' : 'app-frame'}
      style={grows ? { height } : undefined}
    />
  );
}
