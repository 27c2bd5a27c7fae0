/** Starts the issue panel. It is small on purpose: agents open it a hundred times a day. */
import { view } from '@forge/bridge';
import { createRoot } from 'react-dom/client';
import { Panel } from './panel.tsx';
import './panel.css';

void view.theme.enable();
createRoot(document.getElementById('root')!).render(<Panel />);
