import { Route, Router } from '@solidjs/router';
import { lazy } from 'solid-js';

/** A page's code comes with its first visit. */
const DesignPage = lazy(async () => ({ default: (await import('../features/design/DesignPage.tsx')).DesignPage }));

export function Routes() {
  return (
    <Router>
      <Route path="/design" component={DesignPage} />
    </Router>
  );
}
