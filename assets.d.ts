/** Files that Vite turns into assets of a page. */
declare module '*.css';
declare module '*?worker' {
  const make: new () => Worker;
  export default make;
}
declare module 'monaco-editor/editor/contrib/*';
