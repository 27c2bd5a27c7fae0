/** Starts the admin page: the host's colours first, then the page. */
import '@atlaskit/css-reset';
import './page.css';
import './controls.css';
import { view } from '@forge/bridge';
import { createRoot } from 'react-dom/client';
import { keepFocus } from '../parts/keep-focus.ts';
import { AdminPage } from './admin-page.tsx';

void view.theme.enable();
keepFocus();
createRoot(document.getElementById('root')!).render(<AdminPage />);
