import { Provider } from '@urql/solid';
import { onMount } from 'solid-js';
import { client } from '../graphql/client.ts';
import { Toasts } from '../ui/Toasts.tsx';
import { TooltipHost } from '../ui/Tooltip.tsx';
import { reloadForNewerVersion } from './newer-version.ts';
import { Routes } from './Routes.tsx';

export function App() {
  onMount(reloadForNewerVersion);
  return (
    <Provider value={client}>
      <Routes />
      <Toasts />
      <TooltipHost />
    </Provider>
  );
}
