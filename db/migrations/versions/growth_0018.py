"""Households are counted by building, in the transaction that enters, moves or joins them."""

from db.migrations.steps import create, drop, run

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create("growth_0018", "building_doors")
    run(
        "INSERT INTO building_doors (community_id, place_id, building, kind, restricted, households) "
        "SELECT community_id, place_id, building, kind, restricted, count(*) FROM household "
        "WHERE merged_into_id IS NULL GROUP BY community_id, place_id, building, kind, restricted"
    )


def downgrade() -> None:
    drop("building_doors")
