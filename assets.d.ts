/** Files that Vite turns into assets of a page. */
declare module '*.css';
