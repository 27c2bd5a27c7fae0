/** Starts the admin page: the host's colours first, then the page. */
import '@atlaskit/css-reset';
import './page.css';
import './controls.css';
import { view } from '@forge/bridge';
import { createRoot } from 'react-dom/client';
import { AdminPage } from './admin-page.tsx';

void view.theme.enable();
createRoot(document.getElementById('root')!).render(<AdminPage />);
