"""The world is made once a test: its acts commit, as in use."""

import pytest


@pytest.fixture
def superuser(django_user_model, transactional_db):
    return django_user_model.objects.create_superuser("root", "root@example.org", "x" * 12)
