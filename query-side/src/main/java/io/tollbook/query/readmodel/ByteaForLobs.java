package io.tollbook.query.readmodel;

import org.hibernate.boot.model.TypeContributions;
import org.hibernate.boot.model.TypeContributor;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.jdbc.VarbinaryJdbcType;

/**
 * Keeps Axon's {@code @Lob} columns in their rows. Hibernate would make each value a large object of PostgreSQL, which
 * takes several calls to write and stays behind as garbage when a token moves on.
 */
public final class ByteaForLobs implements TypeContributor {
    @Override
    public void contribute(TypeContributions contributions, ServiceRegistry services) {
        contributions.contributeJdbcType(new Bytea());
    }

    private static final class Bytea extends VarbinaryJdbcType {
        @Override
        public int getDefaultSqlTypeCode() {
            return SqlTypes.BLOB;
        }

        @Override
        public int getDdlTypeCode() {
            return SqlTypes.VARBINARY;
        }
    }
}
