"""What people read: terminal, notebook and one offline page. Reports show findings; they judge nothing."""
