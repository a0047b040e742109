import { Provider } from '@urql/solid';
import { client } from '../graphql/client.ts';
import { Toasts } from '../ui/Toasts.tsx';
import { TooltipHost } from '../ui/Tooltip.tsx';
import { Routes } from './Routes.tsx';

export function App() {
  return (
    <Provider value={client}>
      <Routes />
      <Toasts />
      <TooltipHost />
    </Provider>
  );
}
