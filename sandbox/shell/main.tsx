/** Starts the sandbox's front page. */
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { applyTheme, storedTheme } from './theme.ts';
import './styles/base.css';
import './styles/header.css';
import './styles/sides.css';
import './styles/record.css';
import './styles/program.css';
import './styles/dock.css';
import './styles/guide.css';

applyTheme(storedTheme());
createRoot(document.getElementById('root')!).render(<App />);
