"""Alembic revisions of the store; ``formextract.store.db`` runs them when it opens a store."""
