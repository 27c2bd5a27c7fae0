/** Starts the admin page: the host's colours first, then the page. */
import '@atlaskit/css-reset';
import { view } from '@forge/bridge';
import { createRoot } from 'react-dom/client';
import { AdminPage } from './admin-page.tsx';
import './page.css';

void view.theme.enable();
createRoot(document.getElementById('root')!).render(<AdminPage />);
