import { TopBar } from '../../../ui/TopBar.tsx';

export function SettingsPage() {
  return <TopBar title="Settings" />;
}
