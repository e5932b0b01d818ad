"""Where extractions become rows: schema, migrations, ledger of work, publishing, clerks' decisions."""
